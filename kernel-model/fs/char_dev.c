// SPDX-License-Identifier: GPL-2.0-only
/* Character devices: from major numbers to what serves them. */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#define CHRDEV_MAJORS 256

static struct {
	const char *name;
	const struct file_operations *fops;
} chrdevs[CHRDEV_MAJORS];

/**
 * register_chrdev - serve the devices of a major number
 */
int register_chrdev(unsigned int major, const char *name, const struct file_operations *fops)
{
	if (major >= CHRDEV_MAJORS)
		return -EINVAL;
	if (chrdevs[major].fops)
		return -EBUSY;
	chrdevs[major].name = name;
	chrdevs[major].fops = fops;
	return 0;
}
EXPORT_SYMBOL(register_chrdev);

int unregister_chrdev(unsigned int major, const char *name)
{
	if (major >= CHRDEV_MAJORS || !chrdevs[major].fops)
		return -EINVAL;
	chrdevs[major].name = NULL;
	chrdevs[major].fops = NULL;
	return 0;
}
EXPORT_SYMBOL(unregister_chrdev);

static int chrdev_open(struct inode *inode, struct file *filp)
{
	unsigned int major = MAJOR(inode->i_rdev);

	if (major >= CHRDEV_MAJORS || !chrdevs[major].fops)
		return -ENXIO;
	filp->f_op = chrdevs[major].fops;
	return filp->f_op->open ? filp->f_op->open(inode, filp) : 0;
}

/* Every such file begins here, and continues with the operations of its driver. */
const struct file_operations def_chr_fops = {
	.open = chrdev_open,
};
